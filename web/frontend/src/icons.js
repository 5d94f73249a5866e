/** Every icon that a page may name (https://lucide.dev/icons); a test compares this list with the templates. */
export const icons = [
  'arrow-right', 'badge-check', 'ban', 'bell', 'book-open', 'building-2', 'calendar-clock', 'check', 'circle',
  'circle-alert', 'circle-check', 'circle-dot', 'circle-x', 'clipboard-list', 'clock', 'clock-alert', 'download',
  'chart-column', 'contact', 'ellipsis', 'settings',
  'eye', 'eye-off', 'file-check', 'file-text', 'file-up', 'flag', 'folder-open', 'git-branch', 'hand', 'history',
  'inbox', 'info', 'layers', 'lock', 'log-in', 'log-out', 'mail', 'maximize', 'minus', 'octagon-alert', 'pause',
  'pencil', 'plus', 'rotate-ccw', 'scale', 'search', 'shuffle', 'timer', 'triangle-alert', 'undo-2', 'user-round',
  'users', 'workflow', 'x',
  'arrow-down', 'arrow-up', 'git-compare', 'redo-2', 'send', 'trash-2',
  'arrow-left', 'arrow-right-left', 'message-square',
];
