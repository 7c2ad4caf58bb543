# The two commands are `make run` and `make test`; each does all the set-up by itself.
PYTHON ?= python3
PREPARE := $(PYTHON) packaging/prepare.py
OWN := .venv/bin/python
CORPUS ?= $(or $(SECASSIST_SHARED),../shared)/corpus

.DEFAULT_GOAL := help
.PHONY: help run test torture fuzz check coverage pictures evaluate signatures bench heartbeat format app locks clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## open the window; without a screen, judge the sample mail in the terminal
	@$(PREPARE) run

test: ## run every test; ARGS='-k spf' for some of them
	@$(PREPARE) test $(ARGS)

torture: ## all of the store's torture, of which `make test` runs a sample (some minutes)
	@SECASSIST_TORTURE=full $(PREPARE) test tests/torture $(ARGS)

fuzz: ## the readers of codes under atheris, SECONDS=60 each (where it runs: CPython 3.11 to 3.13)
	@$(PREPARE) ready test
	$(OWN) -m pip install --quiet --target build/atheris atheris==3.0.0
	@cd build && for target in uri migration import picture; do \
		PYTHONPATH=atheris ../$(OWN) ../tests/torture/fuzz.py $$target \
			-max_total_time=$(or $(SECONDS),60) -timeout=5 -verbosity=0 -print_final_stats=1 || exit 1; \
	done

check: ## format, lint, types, the contract between the rooms, desktop files
	@$(PREPARE) ready tools
	$(OWN) -m ruff format --check .
	$(OWN) -m ruff check .
	$(OWN) -m mypy --strict
	$(OWN) -m mypy --strict packaging
	.venv/bin/lint-imports --no-logo
	@packaging/linux/validate

coverage: ## run every test and say which lines no test reaches
	@$(PREPARE) test --cov --cov-report=term-missing:skip-covered --cov-report=html $(ARGS)

pictures: ## every page in light, dark, high contrast, 200 % and right to left, into pictures/
	@$(PREPARE) ready test
	$(OWN) tests/ui/pictures.py pictures $(ARGS)

evaluate: ## judge labelled real mail in the folder CORPUS=…, without look-ups; prints what misses
	@$(PREPARE) ready tools
	$(OWN) benchmarks/evaluate.py "$(CORPUS)" --offline $(ARGS)

signatures: ## which signatures in CORPUS=… do dkimpy and we verify differently?
	@$(PREPARE) ready tools
	$(OWN) benchmarks/compare_signatures.py "$(CORPUS)" $(ARGS)

bench: ## side by side with mailauth (needs npm); what the window, the store, QR codes and IMAP cost
	@$(PREPARE) ready test
	@missed=0; for one in authenticate start first_code store qr imap; do \
		echo "== $$one"; $(OWN) benchmarks/$$one.py || missed=1; \
	done; exit $$missed

heartbeat: ## how long the window stands still over hostile mails and faults of DNS
	@$(PREPARE) ready test
	$(OWN) benchmarks/heartbeat.py

format: ## put every file into the common form
	@$(PREPARE) ready tools
	$(OWN) -m ruff check --fix .
	$(OWN) -m ruff format .

app: ## freeze the app into dist/ (for this system)
	@$(PREPARE) app

locks: ## renew the pinned packages (needs the network)
	$(PYTHON) packaging/relock.py

clean: ## throw away what can be made again
	rm -rf .venv build dist htmlcov .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
