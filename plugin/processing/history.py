"""What the panel did, in Processing's history, where it can be looked up, copied as Python, and run again."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication, QgsProcessingAlgorithm, QgsProcessingContext, QgsProject
from qgis.gui import QgsGui

# The history's own name for Processing.
PROCESSING = "processing"


def leave_entry(algorithm_id: str, parameters: dict[str, Any], results: dict[str, Any]) -> int | None:
    """Leave an entry as Processing's own dialog does; main thread.

    Args:
        algorithm_id: Such as `changeseek:search`.
        parameters: By name, as `processing.run` takes them; layers as objects, ids or files.
        results: By output name, JSON values only.

    Returns:
        Number of the entry; None where the provider is not there or the history cannot be written.
    """
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(algorithm_id)
    if algorithm is None:
        return None
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    entry = {**_how_to_run_again(algorithm, parameters, context), "results": results}
    number, added = QgsGui.historyProviderRegistry().addEntry(PROCESSING, entry)
    if not added:
        return None
    QgsGui.instance().processingRecentAlgorithmLog().push(algorithm.id())
    return int(number)


def _how_to_run_again(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, Any]:
    command, fits = algorithm.asQgisProcessCommand(parameters, context)
    return {
        "algorithm_id": algorithm.id(),
        "parameters": algorithm.asMap(parameters, context),
        "python_command": algorithm.asPythonCommand(parameters, context),
        **({"process_command": command} if fits else {}),
    }
