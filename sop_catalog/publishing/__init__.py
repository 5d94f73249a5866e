"""From a drawing to a release in force: read, judged by every rule, walked on two interpreters, then published.

What is published is a release that needs nothing more: the engine never opens `bpmn/` and never reads our extension.
It does not say who may publish; the web asks that first.
"""

from sop_catalog.publishing.checking import check_paths
from sop_catalog.publishing.drawings import Drawing, Drawings, Verdict, bundle_of, read_file, read_folder
from sop_catalog.publishing.judging import judge
from sop_catalog.publishing.loading import FROM_FOLDER, Loaded, load_folder
from sop_catalog.publishing.opinions import opinion_on
from sop_catalog.publishing.releasing import Published, build_release, in_force, publish

__all__ = [
    "FROM_FOLDER",
    "Drawing",
    "Drawings",
    "Loaded",
    "Published",
    "Verdict",
    "build_release",
    "bundle_of",
    "check_paths",
    "in_force",
    "judge",
    "load_folder",
    "opinion_on",
    "publish",
    "read_file",
    "read_folder",
]
