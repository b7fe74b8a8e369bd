#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

// Macros that the importer does not take, under names of our own.

static const int orderbus_evp_pkey_public_key = EVP_PKEY_PUBLIC_KEY;
static const int orderbus_rsa_pss_saltlen_digest = RSA_PSS_SALTLEN_DIGEST;
