"""What a release would do to running work: the flows of this code against what the database runs.

Beside them a snapshot of the flows as the previous release had them, so that a node whose
followers changed is noticed too. References and counts alone: nobody is named.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from viewflow.workflow.fields import get_flow_ref

from workflows.engine.references import running
from workflows.flows.base import OfficerFlow

#: Nodes of a flow and what follows each, such as {"review": ["next: was_returned"]}.
Nodes = Mapping[str, tuple[str, ...]]
#: By reference of the flow, such as "workflows/flows.visit.VisitFlow".
Flows = Mapping[str, Nodes]

#: "removed": neither node nor flow resolves any more; work there cannot go on.
Change = Literal["", "followers", "removed"]


class Followers(NamedTuple):
    """What followed a node in the previous release, and what follows it now."""

    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """Running work at one flow (`node` empty) or node, and what the release changes for it."""

    flow: str
    node: str
    running: int
    change: Change = ""
    followers: Followers | None = None


def nodes_of(flow: type[OfficerFlow]) -> Nodes:
    """Every node of a flow with what follows it, in the order of their names."""
    return {
        node.name: tuple(sorted(f"{edge.edge_class}: {edge.dst.name}" for edge in node._outgoing()))
        for node in sorted(flow.instance.nodes(), key=lambda node: node.name)
    }


def snapshot_of(flow: type[OfficerFlow]) -> str:
    """A flow as JSON, as it is kept at a release."""
    found = {"flow": get_flow_ref(flow), "nodes": nodes_of(flow)}
    return json.dumps(found, indent=2) + "\n"


def snapshots(folder: Path) -> Flows:
    """The flows as the previous release had them: every JSON file of `folder`."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        found[kept["flow"]] = {name: tuple(after) for name, after in kept["nodes"].items()}
    return found


def rehearse(flows: Iterable[type[OfficerFlow]], before: Flows) -> list[Touched]:
    """Running work by flow and node, each with what the flows of this code change for it."""
    now = {get_flow_ref(flow): nodes_of(flow) for flow in flows}
    work = running()
    found = [
        Touched(flow, "", count, "" if flow in now else "removed") for flow, count in work.processes
    ]
    for reference, count in work.tasks:
        flow, _, node = reference.rpartition(".")
        found.append(_touched(flow, node, count, before.get(flow, {}), now.get(flow, {})))
    return sorted(found, key=lambda touched: (touched.flow, touched.node))


def _touched(flow: str, node: str, count: int, was: Nodes, now: Nodes) -> Touched:
    if node not in now:
        return Touched(flow, node, count, "removed")
    if node in was and was[node] != now[node]:
        return Touched(flow, node, count, "followers", Followers(was[node], now[node]))
    return Touched(flow, node, count)
