namespace PresignKit.ConformanceTests;

/// <summary>A test that needs AWS's signing suite next to the repository.</summary>
public sealed class AwsSuiteFactAttribute : FactAttribute
{
    public AwsSuiteFactAttribute() => Skip = AwsSuiteTheoryAttribute.Reason;
}

/// <inheritdoc cref="AwsSuiteFactAttribute"/>
public sealed class AwsSuiteTheoryAttribute : TheoryAttribute
{
    internal static readonly string? Reason = AwsSuite.File is not null
        ? null
        : "AWS's signing suite is not installed. Put aws_c_auth_query.jsonl into ../shared/vectors, next to the repository, then dotnet test";

    public AwsSuiteTheoryAttribute() => Skip = Reason;
}
