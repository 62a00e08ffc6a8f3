using System.Net;
using System.Xml.Linq;

namespace PresignKit.LocalS3.Tests.Documents;

/// <summary>The tables in docs/local-s3.md list what the endpoint supports, and the headers and operations to which it responds with 501.</summary>
public class LocalS3PageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs/local-s3.md"));

    public static TheoryData<string, string> UnsupportedHeaders
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string[] row in Rows("unsupported header"))
            {
                foreach (string header in Codes(row[0]))
                {
                    foreach (string operation in Codes(row[1]))
                    {
                        data.Add(header, operation);
                    }
                }
            }

            return data;
        }
    }

    public static TheoryData<string, string, string> SupportedHeaders
    {
        get
        {
            TheoryData<string, string, string> data = [];
            foreach (string[] row in Rows("supported header"))
            {
                foreach (string header in Codes(row[0]))
                {
                    foreach (string operation in Codes(row[1]))
                    {
                        data.Add(header, operation, ValueOf(header));
                    }
                }
            }

            return data;
        }
    }

    // The failure message contains the rows of the correct table.
    [Fact]
    public void Operations_Supported_AreInTheTable()
    {
        string[] expected = [.. OperationTable.Routes.Where(route => route.Handle is not null).Select(route => $"`{route.Name}` | `{Request(route)}`{Selector(route)}")];
        string[] actual = [.. Rows("operation").Select(row => $"{row[0]} | {row[1]}")];

        actual.Should().Equal(expected, "the rows are\n| {0} |\n", string.Join(" | |\n| ", expected));
    }

    [Fact]
    public void Operations_NotSupported_AreInTheTable()
    {
        string[] expected = [.. OperationTable.Routes.Where(route => route.Handle is null)
            .GroupBy(route => (route.Resource, route.SubResource, route.RequiredHeader, Method: route.SubResource is null ? route.Method : null))
            .Select(group => $"{string.Join(", ", group.Select(route => $"`{route.Name}`"))} | {string.Join(", ", group.Select(route => route.Method))} `{PathOf(group.First())}`{Selector(group.First())}")];
        string[] actual = [.. Rows("unsupported operations").Select(row => $"{row[0]} | {row[1]}")];

        actual.Should().Equal(expected, "the rows are\n| {0} |\n", string.Join(" |\n| ", expected));
    }

    [Fact]
    public async Task Operations_NotSupported_AreAnsweredWith501()
    {
        await using LocalS3Server s3 = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        using HttpClient http = s3.CreateHttpClient();
        s3.Buckets["photos"].Put("a", [1]);
        List<string> problems = [];
        foreach (OperationRoute route in OperationTable.Routes.Where(route => route.Handle is null))
        {
            HttpMethod method = new(route.Method);
            KeyValuePair<string, string>[] headers = route.RequiredHeader is { } header ? [new(header, "photos/a")] : [];
            S3Operation operation = route.Resource switch
            {
                ResourceKind.Object => new S3Request(method, "a") { SubResource = route.SubResource, Headers = headers },
                ResourceKind.Bucket => new S3BucketRequest(method) { SubResource = route.SubResource, Headers = headers },
                _ => new S3ServiceRequest(method),
            };
            using HttpResponseMessage response = await http.SendAsync(s3.CreatePresigner("photos").Presign(operation).ToHttpRequestMessage());
            if (response.StatusCode != HttpStatusCode.NotImplemented || s3.Requests[^1].Operation != route.Name)
            {
                problems.Add($"{route.Name}: {s3.Requests[^1]}");
            }
        }

        problems.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(UnsupportedHeaders))]
    public async Task Header_NotSupported_IsAnsweredWith501(string header, string operation)
    {
        (HttpStatusCode status, string body) = await SendAsync(operation, header, "1");

        status.Should().Be(HttpStatusCode.NotImplemented, body);
        XElement.Parse(body).Element("Header")!.Value.Should().Be(header);
    }

    [Theory]
    [MemberData(nameof(SupportedHeaders))]
    public async Task Header_Supported_IsNotAnsweredWith501(string header, string operation, string value)
    {
        (HttpStatusCode status, string body) = await SendAsync(operation, header, value);

        status.Should().BeOneOf([HttpStatusCode.OK, HttpStatusCode.NoContent], body);
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-server-side-encryption", "aws:kms")]
    public async Task Header_ValueThatIsNotSupported_IsAnsweredWith501(string header, string value) =>
        (await SendAsync("PutObject", header, value)).Status.Should().Be(HttpStatusCode.NotImplemented);

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(string operation, string header, string value)
    {
        await using LocalS3Server s3 = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        using HttpClient http = s3.CreateHttpClient();
        s3.Buckets["photos"].Put("a", [1]);
        S3Request request = operation switch
        {
            "GetObject" => new S3Request(HttpMethod.Get, "a"),
            "PutObject" => new S3Request(HttpMethod.Put, "a"),
            "DeleteObject" => new S3Request(HttpMethod.Delete, "a"),
            "CreateMultipartUpload" => new S3Request(HttpMethod.Post, "a") { SubResource = "uploads" },
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Add the operation to this switch."),
        };
        PresignedUrl url = s3.CreatePresigner("photos").Presign(request with { Headers = [new(header, value)] });
        using HttpResponseMessage response = await http.SendAsync(url.ToHttpRequestMessage(request.Method == HttpMethod.Put ? new ByteArrayContent([1]) : null));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string ValueOf(string header) => header switch
    {
        "x-amz-acl" => "private",
        "x-amz-server-side-encryption" => "AES256",
        "x-amz-storage-class" => "STANDARD_IA",
        "x-amz-checksum-crc32" => "pQXfGw==",
        _ => "1",
    };

    private static string Request(OperationRoute route) => route.Method + " " + PathOf(route);

    private static string PathOf(OperationRoute route) =>
        route.Resource switch { ResourceKind.Object => "/bucket/key", ResourceKind.Bucket => "/bucket", _ => "/" } + (route.SubResource is null ? "" : "?" + route.SubResource);

    private static string Selector(OperationRoute route) => route.RequiredHeader is { } header ? $" with `{header}`" : "";

    // The cells of the table whose first column has this title.
    private static IEnumerable<string[]> Rows(string title) =>
        Lines.SkipWhile(line => !line.StartsWith($"| {title} | ", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray());

    private static IEnumerable<string> Codes(string cell) => cell.Split('`').Where((_, index) => index % 2 == 1);
}
