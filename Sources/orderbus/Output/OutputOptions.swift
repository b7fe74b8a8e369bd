package import ArgumentParser

/// The option that every listing takes; for `@OptionGroup`.
package struct OutputOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .customLong("output")], help: "How to show the result: table or json.")
    package var format: OutputFormat = .table

    package init() {}
}
