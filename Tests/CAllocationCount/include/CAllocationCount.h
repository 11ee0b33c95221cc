#pragma once
#include <stdint.h>

/// How often memory was asked for by this thread since it began: linking this target counts it.
uint64_t allocation_count(void);
