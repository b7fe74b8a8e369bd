import Orders
import Testing

@Suite struct AmountTests {
    @Test(arguments: [
        ("0", 0), ("25.50", 2550), ("25", 2500), ("0.01", 1), ("007", 700),
        ("999999999999999.99", 99_999_999_999_999_999),
    ])
    func readsExactHundredths(text: String, hundredths: Int64) {
        #expect(Amount(text)?.hundredths == hundredths)
        #expect(Amount(text)?.text == text)
    }

    @Test(arguments: [
        "", ".", ".50", "1.", "1.5", "1.505", "-1", "+1", "1,50", " 1", "1e3", "1000000000000000", "1.5.0", "١",
        "1.50\n", "NaN",
    ])
    func refusesOtherForms(text: String) {
        #expect(Amount(text) == nil)
    }

    @Test func writesTwoDecimals() {
        #expect(Amount.written(hundredths: 2550) == "25.50")
        #expect(Amount.written(hundredths: 5) == "0.05")
    }
}
