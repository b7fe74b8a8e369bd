enum OpenAPIDocument {
    static let json: StaticString = "{}"
}
