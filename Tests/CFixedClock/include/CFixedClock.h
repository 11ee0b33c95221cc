#pragma once

// A clock that stands still, for pictures that are the same tomorrow. Loaded before a program (LD_PRELOAD), it
// answers the time of day with the seconds in $FIXED_CLOCK. Other clocks go on.
