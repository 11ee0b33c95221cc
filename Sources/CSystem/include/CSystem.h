#pragma once

#include "CSystemTerminal.h"
