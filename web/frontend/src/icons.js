/** Every icon that a page may name (https://lucide.dev/icons); a test compares this list with the templates. */
export const icons = [
  'alarm-clock', 'arrow-left', 'arrow-right', 'badge-check', 'ban', 'book-open', 'briefcase', 'building-2', 'calendar-clock',
  'chart-no-axes-gantt', 'check', 'chevron-right', 'circle', 'circle-alert', 'circle-check', 'circle-dot', 'circle-help',
  'circle-x', 'clipboard-list', 'clock', 'clock-alert', 'copy', 'download', 'eye', 'eye-off', 'file-check', 'file-text', 'file-up', 'flag',
  'folder-open', 'git-branch', 'hand', 'history', 'house', 'inbox', 'info', 'key-round', 'layers', 'list-checks', 'lock',
  'log-in', 'log-out', 'mail', 'map', 'maximize', 'minus', 'octagon-alert', 'pause', 'pencil', 'plus', 'rotate-ccw', 'scale', 'search',
  'shield-check', 'shuffle', 'split', 'timer', 'triangle-alert', 'undo-2', 'user', 'user-round', 'users', 'workflow', 'x',
];
