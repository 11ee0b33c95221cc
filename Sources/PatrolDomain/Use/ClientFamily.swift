/// What a client calls itself, without its version: few words for many programs.
package enum ClientFamily {
    private static let maximumLength = 40

    /// `terraform` of `Terraform/1.9.2 (+https://www.terraform.io)`; `browser` of what people browse with; empty where
    /// the text says nothing.
    package static func of(userAgent text: some StringProtocol) -> String {
        let name = text.utf8.drop { $0 <= 0x20 }.prefix { byte in
            byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".")
        }.prefix(maximumLength)
        let family = String(decoding: name, as: UTF8.self).lowercased()
        return family == "mozilla" || family == "opera" ? "browser" : family
    }
}
