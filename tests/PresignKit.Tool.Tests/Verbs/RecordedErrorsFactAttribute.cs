namespace PresignKit.Tool.Tests.Verbs;

/// <summary>A test that needs AWS's recorded error responses next to the repository: a JSON array of objects with <c>code</c> and <c>message</c>.</summary>
internal sealed class RecordedErrorsFactAttribute : FactAttribute
{
    public RecordedErrorsFactAttribute() =>
        Skip = FileName is not null ? null : "AWS's recorded errors are not installed. Put aws_recorded_errors.json into ../shared/vectors, next to the repository, then dotnet test";

    public static string? FileName { get; } = Find();

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "shared", "vectors", "aws_recorded_errors.json");
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
