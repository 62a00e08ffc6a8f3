using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Hosting;

/// <summary>The start and the end of a server.</summary>
public class StartTests
{
    [Fact]
    public async Task StartAsync_Defaults_ListensOnAFreeLoopbackPort()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync();

        server.Endpoint.Should().MatchRegex(@"^http://127\.0\.0\.1:\d+$");
        server.ToString().Should().Be(server.Endpoint);
        (server.Region, server.AccessKeyId).Should().Be(("us-east-1", "LOCALS3EXAMPLEKEYID1"));
        server.SecretAccessKey.Should().MatchRegex("^[0-9a-f]{40}$");
        server.Buckets.Should().BeEmpty();
        server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task StartAsync_TwoServers_HaveDifferentSecrets()
    {
        await using LocalS3Server first = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        await using LocalS3Server second = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        using HttpClient http = second.CreateHttpClient();

        using HttpResponseMessage response = await http.GetAsync(first.CreatePresigner("photos").Presign(new GetObject("a")).Url);

        first.SecretAccessKey.Should().NotBe(second.SecretAccessKey);
        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        second.Requests.Single().Error!.Code.Should().Be("SignatureDoesNotMatch");
    }

    [Fact]
    public async Task StartAsync_AllOptions_AreUsed()
    {
        int port = FreePort();

        await using LocalS3Server server = await LocalS3Server.StartAsync(o =>
        {
            o.Port = port;
            o.Region = "eu-west-1";
            o.AccessKeyId = "AKIAIOSFODNN7EXAMPLE";
            o.SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
            o.Buckets.Add("photos");
            o.Buckets.Add("archive");
        });

        server.Endpoint.Should().Be($"http://127.0.0.1:{port}");
        (server.Region, server.AccessKeyId, server.SecretAccessKey).Should().Be(("eu-west-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
        server.Buckets.Select(bucket => bucket.Name).Should().Equal("archive", "photos");
        server.CreatePresigner("photos").Presign(new GetObject("a")).Url.Should().StartWith($"http://127.0.0.1:{port}/photos/a?").And.Contain("eu-west-1");
    }

    [Fact]
    public async Task StartAsync_PortInUse_ThrowsIOExceptionWithRemedy()
    {
        await using LocalS3Server first = await LocalS3Server.StartAsync();
        int port = new Uri(first.Endpoint).Port;

        Func<Task> start = () => LocalS3Server.StartAsync(o => o.Port = port);

        (await start.Should().ThrowAsync<IOException>()).WithMessage($"LocalS3 cannot listen on 127.0.0.1:{port}. *already in use. Set LocalS3Options.Port to a different port, or to 0 for a free one.");
    }

    [Theory]
    [MemberData(nameof(InvalidOptions))]
    public async Task StartAsync_InvalidOption_ThrowsArgumentExceptionThatNamesIt(string option, Action<LocalS3Options> configure, string message)
    {
        Func<Task> start = () => LocalS3Server.StartAsync(configure);

        ArgumentException exception = (await start.Should().ThrowAsync<ArgumentException>()).Which;
        exception.ParamName.Should().Be(option);
        exception.Message.Should().Match($"LocalS3Options.{option} is not valid. {message} (Parameter '{option}')");
    }

    public static TheoryData<string, Action<LocalS3Options>, string> InvalidOptions() => new()
    {
        { "Port", o => o.Port = -1, "-1 is not a TCP port. Use a value from 1 to 65535, or 0 for a free port." },
        { "Port", o => o.Port = 65536, "65536 is not a TCP port. Use *" },
        { "MaxMemoryBytes", o => o.MaxMemoryBytes = 0, "0 is not a valid size. Use 1 or more bytes." },
        { "MaxDiskBytes", o => o.MaxDiskBytes = -5, "-5 is not a valid size. Use 1 or more bytes." },
        { "TimeProvider", o => o.TimeProvider = null!, "The value is null. Use TimeProvider.System *" },
        { "Region", o => o.Region = "", "*egion*" },
        { "Region", o => o.Region = "us east", "*us east*" },
        { "Region", o => o.Region = null!, "The value is null. Set it, or keep the default." },
        { "AccessKeyId", o => o.AccessKeyId = "", "*access key ID*" },
        { "AccessKeyId", o => o.AccessKeyId = "with space", "*access key ID*" },
        { "AccessKeyId", o => o.AccessKeyId = null!, "The value is null. Set it, or keep the default." },
        { "SecretAccessKey", o => o.SecretAccessKey = "", "*secret access key*" },
        { "SessionToken", o => o.SessionToken = "tok\u00E9n", "*session token*" },
        { "Buckets", o => o.Buckets.Add("Photos"), "'Photos' is not a valid bucket name. Use 3 to 63 lowercase letters, *" },
        { "Buckets", o => o.Buckets.Add("ab"), "'ab' is not a valid bucket name. Use *" },
        { "Buckets", o => o.Buckets.Add(null!), "'' is not a valid bucket name. Use *" },
    };

    [Fact]
    public async Task StartAsync_InvalidSecret_IsNotInTheMessage()
    {
        const string Secret = "secret with spaces 0123456789";

        Func<Task> start = () => LocalS3Server.StartAsync(o => o.SecretAccessKey = Secret);

        (await start.Should().ThrowAsync<ArgumentException>()).Which.ToString().Should().NotContain(Secret);
    }

    [Fact]
    public async Task StartAsync_Canceled_Throws()
    {
        Func<Task> start = () => LocalS3Server.StartAsync(cancellationToken: new CancellationToken(canceled: true));

        await start.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task DisposeAsync_ReleasesThePortAndTheTemporaryFiles()
    {
        LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        int port = new Uri(server.Endpoint).Port;
        server.Buckets["photos"].Put("large", new byte[200_000]);
        TemporaryFolder folder = server.Objects.Folder;
        string path = folder.Path!;
        Directory.Exists(path).Should().BeTrue("otherwise the test checks nothing");

        await server.DisposeAsync();

        Directory.Exists(path).Should().BeFalse();
        folder.OpenFiles.Should().Be(0);
        (server.Objects.Budget.Memory, server.Objects.Budget.Disk).Should().Be((0, 0));
        await using LocalS3Server next = await LocalS3Server.StartAsync(o => o.Port = port);
        next.Endpoint.Should().Be(server.Endpoint);
    }

    [Fact]
    public async Task DisposeAsync_Twice_DoesNothing()
    {
        LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));

        await server.DisposeAsync();
        await server.DisposeAsync();
        server.Dispose();

        server.Buckets.Should().BeEmpty();
    }

    [Fact]
    public async Task Dispose_Synchronously_StopsTheServer()
    {
        LocalS3Server server = await LocalS3Server.StartAsync();
        using HttpClient http = server.CreateHttpClient();

        server.Dispose();

        Func<Task> send = () => http.GetAsync(server.Endpoint);
        await send.Should().ThrowAsync<HttpRequestException>();
    }

    // HttpClient keeps the connection of the first request open.
    [Fact]
    public async Task DisposeAsync_OpenConnection_IsClosedAtOnce()
    {
        LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        using HttpClient http = server.CreateHttpClient();
        server.Buckets["photos"].Put("a", [1]);
        string url = server.CreatePresigner("photos").Presign(new GetObject("a")).Url;
        (await http.GetAsync(url)).StatusCode.Should().Be(HttpStatusCode.OK);

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Func<Task> send = () => http.GetAsync(url);
        await send.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task DisposeAsync_UploadInProgress_EndsItAndDeletesItsFile()
    {
        LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        PresignedUrl put = server.CreatePresigner("photos").Presign(new PutObject("a"));
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Endpoint).Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"PUT {RawHttp.Target(put)} HTTP/1.1\r\nHost: {RawHttp.Authority(server)}\r\nContent-Length: 1000000\r\n\r\n"));
        await stream.WriteAsync(new byte[500_000]);
        await Until(() => server.Objects.Folder.OpenFiles == 1);
        string path = server.Objects.Folder.Path!;

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        await Until(() => server.Objects.Folder.OpenFiles == 0);
        Directory.Exists(path).Should().BeFalse();
    }

    [Fact]
    public async Task StartAsync_TwoHundredServers_AllAnswer()
    {
        List<LocalS3Server> servers = [];
        try
        {
            for (int i = 0; i < 200; i++)
            {
                servers.Add(await LocalS3Server.StartAsync(o => o.Buckets.Add("photos")));
            }

            foreach (LocalS3Server server in servers)
            {
                server.Buckets["photos"].Put("a", [1]);
                using HttpClient http = server.CreateHttpClient();
                (await http.GetByteArrayAsync(server.CreatePresigner("photos").Presign(new GetObject("a")).Url)).Should().Equal(1);
            }

            servers.Select(server => server.Endpoint).Should().OnlyHaveUniqueItems();
        }
        finally
        {
            await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task Until(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? text = null)
    {
        for (int i = 0; !condition(); i++)
        {
            i.Should().BeLessThan(1000, text);
            await Task.Delay(20);
        }
    }
}
