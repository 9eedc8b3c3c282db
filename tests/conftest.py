"""What every test starts from: hypothesis profiles, and an environment with no settings in it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# In CI the same examples every time; elsewhere new ones, and failures are kept in .hypothesis/.
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def register(name: str, examples: int, steps: int) -> None:
    """Define a hypothesis profile; no deadlines, since a busy machine is not a bug."""
    settings.register_profile(
        name,
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=IN_CI,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )


register("fast", examples=16, steps=20)
register("slow", examples=400, steps=50)
register("soak", examples=5000, steps=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_the_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide the user's variables, config and cache, and fix width and colour of all output."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith("RECIPROCITY_") or name in {"FORCE_COLOR", "PY_COLORS"}:
                patch.delenv(name)
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("NO_COLOR", "1")
        patch.setenv("COLUMNS", "100")
        patch.setenv("TZ", "UTC")
        yield
