#pragma once

// jansson behind plain types: one document is read strictly and laid out as a flat list of nodes,
// each container before what it holds, so that a caller walks it once without calling back.

enum {
    PATROL_JSON_NULL,
    PATROL_JSON_FALSE,
    PATROL_JSON_TRUE,
    PATROL_JSON_INTEGER,
    PATROL_JSON_REAL,
    PATROL_JSON_STRING,
    PATROL_JSON_ARRAY,
    PATROL_JSON_OBJECT,
};

enum {
    PATROL_JSON_FINE,
    PATROL_JSON_SYNTAX,
    PATROL_JSON_UNFINISHED,
    PATROL_JSON_EXCESS,
    PATROL_JSON_NOT_UTF8,
    PATROL_JSON_NUL,
    PATROL_JSON_DUPLICATE,
    PATROL_JSON_NUMBER,
    PATROL_JSON_BYTE_ORDER_MARK,
    PATROL_JSON_TOO_DEEP,
    PATROL_JSON_TOO_MANY,
    PATROL_JSON_NO_MEMORY,
};

typedef struct {
    int kind;
    // Elements of an array or members of an object.
    unsigned long count;
    // The member's name, where the node is a member of an object; UTF-8, not terminated.
    const unsigned char *name;
    unsigned long name_length;
    // The text of a string; UTF-8, not terminated.
    const unsigned char *text;
    unsigned long text_length;
    long long integer;
    double real;
} PatrolJSONNode;

typedef struct {
    int reason;
    // From 1; columns count characters.
    unsigned long line;
    unsigned long column;
} PatrolJSONFault;

typedef struct PatrolJSONReader PatrolJSONReader;

// Nothing when there is no memory.
PatrolJSONReader *patrol_json_reader_make(void);
void patrol_json_reader_free(PatrolJSONReader *reader);

// Reads one document. Returns the first of its nodes, which stay until the next read or the end of
// the reader, or nothing, with the reason and the place in `fault`. Containers nest `depth` deep at
// most, and there are at most `values` values.
const PatrolJSONNode *patrol_json_read(
    PatrolJSONReader *reader, const unsigned char *bytes, unsigned long length, unsigned long depth,
    unsigned long values, PatrolJSONFault *fault);
