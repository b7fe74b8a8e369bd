import Testing

@Suite struct IntegrationRequirementTests {
    @Test(.enabled(if: TestBroker.isRequired, "REQUIRE_INTEGRATION is not 1"))
    func aRequiredBrokerIsNamed() {
        #expect(TestBroker.url != nil, "REQUIRE_INTEGRATION=1, but AMQP_TEST_URL is not set")
    }
}
