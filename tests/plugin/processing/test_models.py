"""The algorithms as steps of a model."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

Source = QgsProcessingModelChildParameterSource


def _child(model: QgsProcessingModelAlgorithm, name: str, **sources: Any) -> QgsProcessingModelChildAlgorithm:
    child = QgsProcessingModelChildAlgorithm(f"changeseek:{name}")
    child.setChildId(name)
    for parameter, source in sources.items():
        child.addParameterSources(parameter, [source])
    return child


@pytest.fixture
def model() -> QgsProcessingModelAlgorithm:
    """Builds an index, searches it and captions the hits."""
    model = QgsProcessingModelAlgorithm("what changed", "tests")
    for parameter in (
        QgsProcessingParameterRasterLayer("before", "before"),
        QgsProcessingParameterRasterLayer("after", "after"),
        QgsProcessingParameterString("query", "query"),
    ):
        model.addModelParameter(parameter, QgsProcessingModelParameter(parameter.name()))
    rasters = {name.upper(): Source.fromModelParameter(name) for name in ("before", "after")}
    index = _child(model, "index", TILE=Source.fromStaticValue(64), **rasters)
    folder = {"INDEX": Source.fromChildOutput("index", "INDEX")}
    search = _child(
        model, "search", QUERY=Source.fromModelParameter("query"), K=Source.fromStaticValue(4), **folder
    )
    tiles = Source.fromChildOutput("search", "OUTPUT")
    caption = _child(model, "caption", TILES=tiles, K=Source.fromStaticValue(1), **folder)
    output = QgsProcessingModelOutput("captions")
    output.setChildId("caption")
    output.setChildOutputName("OUTPUT")
    caption.setModelOutputs({"captions": output})
    for child in (index, search, caption):
        model.addChildAlgorithm(child)
    return model


def test_a_model_builds_searches_and_captions(
    model: QgsProcessingModelAlgorithm, two_dates: Any, feedback: Any
) -> None:
    context = QgsProcessingContext()
    parameters = {
        "before": str(two_dates.before),
        "after": str(two_dates.after),
        "query": "houses built on fields",
    }
    (output,) = (one.name() for one in model.destinationParameterDefinitions() if "captions" in one.name())
    parameters[output] = "memory:"
    results, finished = model.run(parameters, context, feedback)
    assert finished
    layer = context.takeResultLayer(results[output])
    assert [(feature["rank"], bool(feature["caption_1"])) for feature in layer.getFeatures()] == [
        (rank, True) for rank in (1, 2, 3, 4)
    ]


def test_a_childs_error_is_the_models(model: QgsProcessingModelAlgorithm, two_dates: Any) -> None:
    import processing

    parameters = {"before": str(two_dates.before), "after": str(two_dates.after), "query": "forest ->"}
    for one in model.destinationParameterDefinitions():
        parameters[one.name()] = "memory:"
    with pytest.raises(QgsProcessingException, match="no whole transition"):
        processing.run(model, parameters)
