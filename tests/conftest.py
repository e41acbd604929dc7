"""Settings for the whole suite."""

import os

from hypothesis import HealthCheck, settings

# The same examples in every run, so that a failure is the change's and not the day's. `HYPOTHESIS_PROFILE=explore pytest` looks further.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
