// PatrolCrypto
