#pragma once
#include <stddef.h>
#include <stdint.h>

/// The 32 bytes of SHA-256 over up to three parts, one after the other. A part may be empty.
/// Returns 0, or -1 when the library fails.
int ccrypto_sha256(
    const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
    const uint8_t *third, size_t third_count, uint8_t digest[32]);

/// What HMAC-SHA-256 makes of a key before it sees a message, so many bytes: as secret as the key.
size_t ccrypto_hmac_state_size(void);

/// Fills `state`, aligned for any type, from a key of any length. Returns 0, or -1 when the library fails.
int ccrypto_hmac_prepare(const uint8_t *key, size_t key_count, void *state);

/// The 32 bytes of HMAC-SHA-256 of a message in two parts, under the key of `state`, without allocating.
/// Returns 0, or -1 when the library fails.
int ccrypto_hmac_sha256(
    const void *state, const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
    uint8_t digest[32]);

/// Fills `bytes` with random bytes of the system. Returns 0, or -1.
int ccrypto_random(uint8_t *bytes, size_t count);

/// 1 where the two are equal, in a time that depends on `count` alone.
int ccrypto_equal(const uint8_t *left, const uint8_t *right, size_t count);

/// Memory of its own pages, locked and kept out of core files where the system allows it; NULL
/// when there is none.
uint8_t *ccrypto_secret_make(size_t count);

/// Zeroes and gives back what `ccrypto_secret_make` made.
void ccrypto_secret_destroy(uint8_t *bytes, size_t count);

/// Zeroes memory in a way that no compiler leaves out.
void ccrypto_zero(void *bytes, size_t count);
