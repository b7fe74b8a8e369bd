import OrderTestKit
import Testing

@Suite struct InMemoryDeadLettersTests {
    @Test(arguments: DeadLetterConformance.cases)
    func memoryDoesWhatEveryStoreDoes(conformance: DeadLetterCase) async throws {
        try await conformance.run(on: DeadLettersUnderTest(InMemoryDeadLetters()))
    }
}
