"""MLflow, with its store where we want it and no telemetry."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("DO_NOT_TRACK", "true")

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from registers.private import make_private_folder

EXPERIMENT = "chora"


def quiet_logs() -> None:
    """Database migrations of MLflow's own store are no news for an analyst."""
    for name in ("alembic", "mlflow"):
        logging.getLogger(name).setLevel(logging.WARNING)


class Tracking:
    """Runs, versions and the champion's alias in STORE/mlflow.db and STORE/mlartifacts."""

    def __init__(self, store: Path) -> None:
        quiet_logs()
        make_private_folder(store)
        self.store = store.resolve()
        uri = f"sqlite:///{self.store / 'mlflow.db'}"
        self.client = MlflowClient(tracking_uri=uri, registry_uri=uri)

    def _experiment_id(self) -> str:
        found = self.client.get_experiment_by_name(EXPERIMENT)
        if found is not None:
            return str(found.experiment_id)
        location = (self.store / "mlartifacts").as_uri()
        return str(self.client.create_experiment(EXPERIMENT, artifact_location=location))

    def register(
        self,
        legal_order: str,
        params: Mapping[str, object],
        metrics: Mapping[str, float],
        tags: Mapping[str, str],
        save: Callable[[Path, str], None],
    ) -> str:
        """Log a run, register a version of `chora-<legal order>` and export its bundle."""
        name = f"chora-{legal_order}"
        run = self.client.create_run(self._experiment_id(), tags=dict(tags))
        run_id = run.info.run_id
        for key, value in params.items():
            self.client.log_param(run_id, key, value)
        for key, number in metrics.items():
            self.client.log_metric(run_id, key, number)
        self._ensure_model(name)
        source = f"{run.info.artifact_uri}/bundle"
        number = self.client.create_model_version(name, source=source, run_id=run_id).version
        version = f"{legal_order}-{number}"
        self._export(run_id, version, save)
        self.client.set_terminated(run_id)
        return version

    def _ensure_model(self, name: str) -> None:
        try:
            self.client.get_registered_model(name)
        except MlflowException:
            self.client.create_registered_model(name)

    def _export(self, run_id: str, version: str, save: Callable[[Path, str], None]) -> None:
        """The bundle as MLflow's artefact and, renamed into place whole, as STORE/models/V."""
        models = self.store / "models"
        models.mkdir(exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=models))
        try:
            save(work / "bundle", version)
            self.client.log_artifacts(run_id, str(work / "bundle"), "bundle")
            (work / "bundle").rename(models / version)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def set_alias(self, version: str, by: str, reason: str) -> None:
        """Give `version` the alias champion and record who did it and why."""
        legal_order, _, number = version.rpartition("-")
        name = f"chora-{legal_order}"
        self.client.set_registered_model_alias(name, "champion", number)
        self.client.set_model_version_tag(name, number, "promoted_by", by)
        self.client.set_model_version_tag(name, number, "promoted_because", reason)
