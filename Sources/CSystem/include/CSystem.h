#pragma once

#include "CSystemAccount.h"
#include "CSystemStops.h"
#include "CSystemStorage.h"
#include "CSystemTerminal.h"
