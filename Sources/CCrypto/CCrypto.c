// The older, direct calls of SHA-256 are faster on short texts than the general ones: no look-up.
#define OPENSSL_API_COMPAT 0x10100000L

#include "CCrypto.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int ccrypto_sha256(
    const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
    const uint8_t *third, size_t third_count, uint8_t digest[32]) {
    SHA256_CTX context;
    int is_good = SHA256_Init(&context);
    if (first_count) is_good &= SHA256_Update(&context, first, first_count);
    if (second_count) is_good &= SHA256_Update(&context, second, second_count);
    if (third_count) is_good &= SHA256_Update(&context, third, third_count);
    is_good &= SHA256_Final(digest, &context);
    return is_good ? 0 : -1;
}

enum { hash_block = 64, hash_count = 32 };

struct hmac_state { SHA256_CTX inner, outer; };

size_t ccrypto_hmac_state_size(void) { return sizeof(struct hmac_state); }

static int begin(SHA256_CTX *context, uint8_t block[hash_block], uint8_t mask) {
    for (int place = 0; place < hash_block; place++) block[place] ^= mask;
    return SHA256_Init(context) & SHA256_Update(context, block, hash_block);
}

int ccrypto_hmac_prepare(const uint8_t *key, size_t key_count, void *state) {
    struct hmac_state *made = state;
    uint8_t block[hash_block] = {0};
    int is_good = 1;
    if (key_count > hash_block) {
        SHA256_CTX context;
        is_good &= SHA256_Init(&context) & SHA256_Update(&context, key, key_count) & SHA256_Final(block, &context);
        explicit_bzero(&context, sizeof context);
    } else if (key_count) {
        memcpy(block, key, key_count);
    }
    // The outer mask is put on the inner one, which it takes away.
    is_good &= begin(&made->inner, block, 0x36);
    is_good &= begin(&made->outer, block, 0x36 ^ 0x5c);
    explicit_bzero(block, sizeof block);
    return is_good ? 0 : -1;
}

int ccrypto_hmac_sha256(
    const void *state, const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
    uint8_t digest[32]) {
    const struct hmac_state *made = state;
    SHA256_CTX context = made->inner;
    int is_good = 1;
    if (first_count) is_good &= SHA256_Update(&context, first, first_count);
    if (second_count) is_good &= SHA256_Update(&context, second, second_count);
    is_good &= SHA256_Final(digest, &context);
    context = made->outer;
    is_good &= SHA256_Update(&context, digest, hash_count) & SHA256_Final(digest, &context);
    explicit_bzero(&context, sizeof context);
    return is_good ? 0 : -1;
}

int ccrypto_random(uint8_t *bytes, size_t count) {
    // getentropy gives at most 256 bytes a call.
    while (count > 0) {
        size_t part = count < 256 ? count : 256;
        if (getentropy(bytes, part) != 0) return -1;
        bytes += part;
        count -= part;
    }
    return 0;
}

int ccrypto_equal(const uint8_t *left, const uint8_t *right, size_t count) {
    return CRYPTO_memcmp(left, right, count) == 0;
}

static size_t whole_pages(size_t count) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (count + page - 1) / page * page;
}

uint8_t *ccrypto_secret_make(size_t count) {
    size_t size = whole_pages(count ? count : 1);
    void *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) return NULL;
    // Where the limit on locked memory is used up the buffer still works.
    (void)mlock(bytes, size);
    (void)madvise(bytes, size, MADV_DONTDUMP);
    (void)madvise(bytes, size, MADV_WIPEONFORK);
    return bytes;
}

void ccrypto_secret_destroy(uint8_t *bytes, size_t count) {
    if (!bytes) return;
    size_t size = whole_pages(count ? count : 1);
    explicit_bzero(bytes, size);
    (void)munlock(bytes, size);
    (void)munmap(bytes, size);
}

void ccrypto_zero(void *bytes, size_t count) { explicit_bzero(bytes, count); }
