#pragma once

#include <libpq-fe.h>

// Character macros, which Swift does not import (postgres_ext.h).
static const int orderbus_diag_sqlstate = PG_DIAG_SQLSTATE;
static const int orderbus_diag_message = PG_DIAG_MESSAGE_PRIMARY;
static const int orderbus_diag_table = PG_DIAG_TABLE_NAME;
static const int orderbus_diag_column = PG_DIAG_COLUMN_NAME;
static const int orderbus_diag_constraint = PG_DIAG_CONSTRAINT_NAME;
