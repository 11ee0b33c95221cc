#pragma once

#include "CSystemAccount.h"
#include "CSystemStorage.h"
#include "CSystemTerminal.h"
