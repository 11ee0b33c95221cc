#pragma once

#include "CSystemAccount.h"
#include "CSystemService.h"
#include "CSystemStops.h"
#include "CSystemStorage.h"
#include "CSystemTerminal.h"
