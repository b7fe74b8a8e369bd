/// A sum of money as a producer wrote it, and exactly: `^[0-9]{1,15}(\.[0-9]{2})?$`.
package struct Amount: Sendable, Hashable {
    /// The spelling as given: `25` and `25.00` are the same sum, and each is shown as it was written.
    package let text: String
    /// Hundredths of the currency's unit: at most 17 digits, so it always fits.
    package let hundredths: Int64

    /// Reads an amount; `nil` if the text does not have the form.
    package init?(_ text: String) {
        var value: Int64 = 0
        var digitsBeforePoint = 0
        var digitsAfterPoint: Int?
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39:
                value = value * 10 + Int64(byte - 0x30)
                if let count = digitsAfterPoint {
                    guard count < 2 else { return nil }
                    digitsAfterPoint = count + 1
                } else {
                    guard digitsBeforePoint < 15 else { return nil }
                    digitsBeforePoint += 1
                }
            case 0x2e where digitsAfterPoint == nil && digitsBeforePoint > 0:
                digitsAfterPoint = 0
            default:
                return nil
            }
        }
        guard digitsBeforePoint > 0, digitsAfterPoint == nil || digitsAfterPoint == 2 else { return nil }
        self.text = text
        hundredths = digitsAfterPoint == nil ? value * 100 : value
    }

    /// Writes hundredths with two decimals, for messages: `Int128` because a sum over items may exceed any amount.
    package static func written(hundredths: Int128) -> String {
        let cents = hundredths % 100
        return "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}
