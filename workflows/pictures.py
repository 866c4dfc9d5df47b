"""Pictures and step lists of the flows, for the documentation."""

from viewflow.workflow import chart

from workflows.engine.nodes import Step
from workflows.flows import FLOWS, OfficerFlow

_BY_NAME: dict[str, type[OfficerFlow]] = {
    flow.__name__.removesuffix("Flow").lower(): flow for flow in FLOWS.values()
}
#: Every flow once, in the order of their kinds.
FLOW_NAMES = tuple(_BY_NAME)


def flow_steps(name: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The title of a flow and (step, title, permission) of its human steps."""
    flow = _BY_NAME[name]
    steps = [
        (node.name, str(node.task_title), str(node.action))
        for node in flow.instance.nodes()
        if isinstance(node, Step)
    ]
    return str(flow.process_title), steps


def flow_svg(name: str) -> str:
    """The picture of a flow as SVG text."""
    grid = chart.calc_layout_data(_BY_NAME[name])
    return chart.grid_to_svg(grid)


def flow_bpmn(name: str) -> str:
    """A flow as BPMN 2.0, for other modelling tools; the same text whenever it is written."""
    grid = chart.calc_layout_data(_BY_NAME[name])
    lines = chart.grid_to_bpmn(grid).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"
