"""Amazon DocumentDB, which answers through the API of RDS as an engine of its own."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces

ENGINE = "docdb"
PORT = 27017


@replaces("moto.rds.utils:ClusterEngine.list_cluster_engines", "self")
def know_cluster_engine(original: Any, engines: Any) -> list[str]:
    """DocumentDB clusters are refused as of an unknown engine."""
    return sorted([*original(engines), ENGINE])


@replaces("moto.rds.utils:DbInstanceEngine.valid_db_instance_engine", "self")
def know_instance_engine(original: Any, engines: Any) -> list[str]:
    """DocumentDB instances are refused as of an unknown engine."""
    return sorted([*original(engines), ENGINE])


@replaces("moto.rds.models:DBCluster.default_port", "engine")
def listen_on_port_of_cluster(original: Any, engine: str) -> Any:
    """A DocumentDB cluster has no port of its own. On AWS it listens on 27017."""
    return PORT if engine == ENGINE else original(engine)


@replaces("moto.rds.models:DBInstance.default_port", "engine")
def listen_on_port_of_instance(original: Any, engine: str) -> Any:
    """A DocumentDB instance has no port of its own. On AWS it listens on 27017."""
    return PORT if engine == ENGINE else original(engine)


@replaces("moto.rds.models:DBCluster.default_allocated_storage", "engine, storage_type")
def allocate_nothing(original: Any, engine: str, storage_type: str) -> Any:
    """DocumentDB's storage, which grows by itself, is unknown. It is answered as Neptune's."""
    return original("neptune" if engine == ENGINE else engine, storage_type)


@replaces("moto.rds.models:RDSBackend.create_db_cluster", "self, kwargs")
def store_as_standard(original: Any, backend: Any, kwargs: dict[str, Any]) -> Any:
    """A DocumentDB cluster is given Aurora's storage type. On AWS it is standard, unless it is I/O-Optimized."""
    if kwargs.get("engine") == ENGINE and not kwargs.get("storage_type"):
        kwargs = {**kwargs, "storage_type": "standard"}
    return original(backend, kwargs)
