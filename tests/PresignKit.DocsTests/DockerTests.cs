using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PresignKit.DocsTests;

/// <summary>The Compose files of docs/docker.md, and the code that reads their environment.</summary>
public partial class DockerTests
{
    private const string Compose = """
        services:
          store:
            image: ${STORE_IMAGE}                          # the image of your MinIO
            command: server /data
            environment:
              MINIO_ROOT_USER: ${STORE_KEY_ID}
              MINIO_ROOT_PASSWORD: ${STORE_SECRET}
            ports:
              - 9000:9000
            volumes:
              - store-data:/data

          app:
            build: .
            environment:
              Files__Endpoint: http://localhost:9000       # outside: what the browser connects to
              Files__Region: us-east-1
              Files__Bucket: my-bucket
              Files__AccessKeyId: ${STORE_KEY_ID}
              Files__SecretAccessKey: ${STORE_SECRET}
              InsideEndpoint: http://store:9000            # inside: what this container connects to
            ports:
              - 8080:8080

        volumes:
          store-data:
        """;

    private const string ExtraHosts = """
        services:
          app:
            environment:
              Files__Endpoint: https://files.example.com
            extra_hosts:
              - files.example.com:host-gateway             # the proxy on the Docker host
        """;

    [Fact]
    public void Presigners_OfTheComposeFile_SignForBrowserAndContainer()
    {
        using IHost host = Start(Compose);

        string outside = host.Services.GetRequiredService<IPresigner>().Presign(new GetObject("a")).Url;
        string inside = host.Services.GetRequiredKeyedService<IPresigner>("inside").Presign(new GetObject("a")).Url;

        outside.Should().StartWith("http://localhost:9000/my-bucket/a?").And.Contain("%2Fus-east-1%2Fs3%2F");
        inside.Should().StartWith("http://store:9000/my-bucket/a?").And.Contain("%2Fus-east-1%2Fs3%2F");
        Signature(inside).Should().NotBe(Signature(outside));
    }

    [Fact]
    public void Hosts_OfTheComposeFile_AreThePortAndTheService()
    {
        Compose.Should().Contain($"- {new Uri(Value("Files__Endpoint")).Port}:9000").And.Contain($"\n  {new Uri(Value("InsideEndpoint")).Host}:\n");
        ExtraHosts.Should().Contain($"- {new Uri(Environment(ExtraHosts)["Files:Endpoint"]!).Host}:host-gateway");
    }

    [Fact]
    public void Bucket_IsCreatedByAUrlForTheInside()
    {
        using IHost host = Start(Compose);
        IPresigner inside = host.Services.GetRequiredKeyedService<IPresigner>("inside");

        PresignedUrl create = inside.Presign(new S3BucketRequest(HttpMethod.Put));       // the bucket of the options

        create.Method.Should().Be(HttpMethod.Put);
        create.Url.Should().StartWith("http://store:9000/my-bucket?");
    }

    private static IHost Start(string compose)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(Environment(compose));

        builder.Services.AddPresigner(builder.Configuration.GetSection("Files"));               // URLs for browsers
        builder.Services.AddPresigner("inside", builder.Configuration.GetSection("Files"))      // URLs that this container requests itself
            .Configure(o => o.Endpoint = builder.Configuration["InsideEndpoint"]);

        IHost host = builder.Build();
        host.Start();
        return host;
    }

    // The variables of the application, as .NET reads them.
    private static Dictionary<string, string?> Environment(string compose) => Variable().Matches(compose).ToDictionary(
        match => match.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal),
        match => (string?)match.Groups["value"].Value.Replace("${STORE_KEY_ID}", "minio-key", StringComparison.Ordinal).Replace("${STORE_SECRET}", "minio-secret", StringComparison.Ordinal));

    private static string Value(string variable) => Environment(Compose)[variable.Replace("__", ":", StringComparison.Ordinal)]!;

    private static string Signature(string url) => url.Split("X-Amz-Signature=")[1];

    [GeneratedRegex(@"^ +(?<name>Files__\w+|InsideEndpoint): (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Variable();
}
