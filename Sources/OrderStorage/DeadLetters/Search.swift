internal import Postgres

/// A statement that was put together for a filter, with its values.
struct Search {
    let statement: Statement
    let parameters: [Parameter]

    /// Makes a statement.
    ///
    /// - Parameters:
    ///   - kind: what it does; with the names of the conditions, this names the statement.
    ///   - extraTypes: of values that the caller puts behind those of the conditions.
    ///   - sql: refers to the conditions' values, and to those bound since.
    init(_ kind: String, _ conditions: LetterConditions, extraTypes: [SQLType] = [], _ sql: String) {
        statement = Statement(
            "letters_\(kind)_\(conditions.name)",
            parameters: conditions.types + extraTypes,
            sql
        )
        parameters = conditions.parameters
    }
}
