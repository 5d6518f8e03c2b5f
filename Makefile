# Relative paths only: make splits names at blanks, and a checkout may lie in `my-plugin 2`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup setup-qgis demo test test-long lint bench train screenshots

# Inherited from a QGIS or conda shell, each of these makes one environment load the other's libraries.
unexport PROJ_LIB PROJ_DATA GDAL_DATA GDAL_DRIVER_PATH LD_LIBRARY_PATH QT_PLUGIN_PATH
unexport PYTHONPATH PYTHONHOME PYTHONEXECUTABLE VIRTUAL_ENV

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: ## Make the engine's environment .venv
	@tools/setup-engine

setup-qgis: ## Make .venv-qgis on QGIS's Python; install QGIS 3.40 or newer where it is missing (Debian)
	@tools/setup-qgis

demo: setup ## Draw a scene of two dates, index it, query it; look into build/demo
	@.venv/bin/changeseek demo build/demo

test: setup setup-qgis ## Check style and types, test the engine, test the plugin inside QGIS
	@tools/test

test-long: setup ## Kill, interrupt and starve builds many times at random moments; half an hour
	@tools/test-long

lint: setup ## Check style and types
	@tools/lint

bench: setup ## Measure speed and memory into build/bench.json
	@rm -f build/bench.json
	@.venv/bin/python tests/benchmarks/bench.py

screenshots: setup setup-qgis ## Use the panel in a real QGIS window by mouse and keyboard; take the README's pictures
	@tools/screenshots

train: setup ## Train a model: make train ARGS="..."
	@.venv/bin/changeseek train $(ARGS)
