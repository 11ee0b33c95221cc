#include "CJansson.h"

#include <jansson.h>
#include <stdlib.h>

struct PatrolJSONReader {
    PatrolJSONNode *nodes;
    size_t capacity;
    size_t count;
    // Keeps the texts alive that the nodes point at.
    json_t *root;
};

PatrolJSONReader *patrol_json_reader_make(void) {
    return calloc(1, sizeof(PatrolJSONReader));
}

void patrol_json_reader_free(PatrolJSONReader *reader) {
    if (!reader) return;
    json_decref(reader->root);
    free(reader->nodes);
    free(reader);
}

// Counts nesting and an upper bound of the values before anything is built, so that a small
// document can't make a large tree, nor a deep one a deep recursion.
static int measure(
    const unsigned char *bytes, size_t length, size_t depth, size_t values, size_t *bound,
    PatrolJSONFault *fault
) {
    size_t open = 0, count = 1, line = 1, column = 0;
    int in_string = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = bytes[i];
        if ((byte & 0xC0) != 0x80) column++;
        if (byte == '\n') line++, column = 0;
        if (in_string) {
            if (byte == '\\' && i + 1 < length) i++, column++;
            else if (byte == '"') in_string = 0;
            continue;
        }
        switch (byte) {
        case '"': in_string = 1; break;
        case '[': case '{': open++, count++; break;
        case ']': case '}': if (open) open--; break;
        case ',': count++; break;
        }
        if (open > depth || count > values) {
            fault->reason = open > depth ? PATROL_JSON_TOO_DEEP : PATROL_JSON_TOO_MANY;
            fault->line = line;
            fault->column = column;
            return 0;
        }
    }
    *bound = count;
    return 1;
}

static int reason_of(const json_error_t *error) {
    switch (json_error_code(error)) {
    case json_error_out_of_memory: return PATROL_JSON_NO_MEMORY;
    case json_error_stack_overflow: return PATROL_JSON_TOO_DEEP;
    case json_error_invalid_utf8: return PATROL_JSON_NOT_UTF8;
    case json_error_premature_end_of_input: return PATROL_JSON_UNFINISHED;
    case json_error_end_of_input_expected: return PATROL_JSON_EXCESS;
    case json_error_null_character:
    case json_error_null_byte_in_key: return PATROL_JSON_NUL;
    case json_error_duplicate_key: return PATROL_JSON_DUPLICATE;
    case json_error_numeric_overflow: return PATROL_JSON_NUMBER;
    default: return PATROL_JSON_SYNTAX;
    }
}

// The bound of `measure` holds for every document that jansson accepts: each value but the first
// of a container follows a comma, and each first one an opening bracket.
static void flatten(PatrolJSONReader *reader, json_t *value, const char *name, size_t name_length) {
    PatrolJSONNode *node = &reader->nodes[reader->count++];
    node->name = (const unsigned char *)name;
    node->name_length = name_length;
    node->count = 0;
    switch (json_typeof(value)) {
    case JSON_NULL: node->kind = PATROL_JSON_NULL; return;
    case JSON_TRUE: node->kind = PATROL_JSON_TRUE; return;
    case JSON_FALSE: node->kind = PATROL_JSON_FALSE; return;
    case JSON_INTEGER:
        node->kind = PATROL_JSON_INTEGER;
        node->integer = json_integer_value(value);
        return;
    case JSON_REAL:
        node->kind = PATROL_JSON_REAL;
        node->real = json_real_value(value);
        return;
    case JSON_STRING:
        node->kind = PATROL_JSON_STRING;
        node->text = (const unsigned char *)json_string_value(value);
        node->text_length = json_string_length(value);
        return;
    case JSON_ARRAY: {
        node->kind = PATROL_JSON_ARRAY;
        size_t count = json_array_size(value);
        node->count = count;
        for (size_t i = 0; i < count; i++) flatten(reader, json_array_get(value, i), NULL, 0);
        return;
    }
    case JSON_OBJECT: {
        node->kind = PATROL_JSON_OBJECT;
        node->count = json_object_size(value);
        for (void *i = json_object_iter(value); i; i = json_object_iter_next(value, i)) {
            flatten(
                reader, json_object_iter_value(i), json_object_iter_key(i),
                json_object_iter_key_len(i));
        }
        return;
    }
    }
}

static int reserve(PatrolJSONReader *reader, size_t bound) {
    if (bound <= reader->capacity) return 1;
    PatrolJSONNode *nodes = realloc(reader->nodes, bound * sizeof(PatrolJSONNode));
    if (!nodes) return 0;
    reader->nodes = nodes;
    reader->capacity = bound;
    return 1;
}

const PatrolJSONNode *patrol_json_read(
    PatrolJSONReader *reader, const unsigned char *bytes, unsigned long length, unsigned long depth,
    unsigned long values, PatrolJSONFault *fault
) {
    json_decref(reader->root);
    reader->root = NULL;
    reader->count = 0;
    fault->reason = PATROL_JSON_FINE;
    fault->line = 1;
    fault->column = 1;

    if (length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF) {
        fault->reason = PATROL_JSON_BYTE_ORDER_MARK;
        return NULL;
    }
    size_t bound = 0;
    if (!measure(bytes, length, depth, values, &bound, fault)) return NULL;
    if (!reserve(reader, bound)) {
        fault->reason = PATROL_JSON_NO_MEMORY;
        return NULL;
    }
    json_error_t error;
    reader->root = json_loadb(
        (const char *)bytes, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!reader->root) {
        fault->reason = reason_of(&error);
        fault->line = error.line > 0 ? (unsigned long)error.line : 1;
        fault->column = error.column > 0 ? (unsigned long)error.column : 1;
        return NULL;
    }
    flatten(reader, reader->root, NULL, 0);
    return reader->nodes;
}
