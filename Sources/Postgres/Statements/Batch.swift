/// Statements that are sent in one go and commit or fail as one transaction.
package struct Batch: Sendable {
    struct Element: Sendable {
        let statement: Statement
        let parameters: [Parameter]
    }

    private(set) var elements: [Element] = []

    package init() {}

    /// A batch of one.
    package init(_ statement: Statement, _ parameters: [Parameter] = []) {
        add(statement, parameters)
    }

    package var isEmpty: Bool { elements.isEmpty }

    package mutating func add(_ statement: Statement, _ parameters: [Parameter] = []) {
        elements.append(Element(statement: statement, parameters: parameters))
    }

    /// Refuses what the server would misread: binary values of another type than the statement was prepared for.
    func validate() throws(PostgresError) {
        for element in elements {
            let statement = element.statement
            let fits =
                element.parameters.count == statement.parameters.count
                && zip(element.parameters, statement.parameters).allSatisfy { $0.type == $1 && !$0.isMisused }
            guard fits else { throw Self.refused(statement, "parameters do not have the types of the statement") }
            // The length field of the protocol has 32 bits, and the server takes no message beyond 1 GiB.
            let total = element.parameters.reduce(0) { $0 + ($1.bytes?.count ?? 0) }
            guard total < 1 << 30 else { throw Self.refused(statement, "parameters exceed 1 GiB") }
        }
    }

    private static func refused(_ statement: Statement, _ message: String) -> PostgresError {
        var error = PostgresError(.invalidArgument, message)
        error.statement = statement.name
        return error
    }
}
