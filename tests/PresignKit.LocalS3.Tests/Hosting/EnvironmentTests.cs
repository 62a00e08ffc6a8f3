using System.Net;

namespace PresignKit.LocalS3.Tests.Hosting;

/// <summary>Tests that change environment variables, so no other test can run at the same time.</summary>
[CollectionDefinition("Environment", DisableParallelization = true)]
public class EnvironmentDefinition;

/// <summary>The protection against a start in production.</summary>
[Collection("Environment")]
public sealed class EnvironmentTests : IDisposable
{
    private static readonly string[] Names = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    private readonly string?[] _values = [.. Names.Select(Environment.GetEnvironmentVariable)];

    public EnvironmentTests() => Array.ForEach(Names, name => Environment.SetEnvironmentVariable(name, null));

    public void Dispose()
    {
        for (int i = 0; i < Names.Length; i++)
        {
            Environment.SetEnvironmentVariable(Names[i], _values[i]);
        }
    }

    [Theory]
    [InlineData("DOTNET_ENVIRONMENT", "Production")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Production")]
    [InlineData("DOTNET_ENVIRONMENT", "production")]
    public async Task StartAsync_Production_ThrowsWithRemedy(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);

        Func<Task> start = () => LocalS3Server.StartAsync();

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage(
            "LocalS3 is for development and tests, but the environment is Production. Set DOTNET_ENVIRONMENT to Development, or set LocalS3Options.AllowProduction to true.");
    }

    [Fact]
    public async Task StartAsync_ProductionWithAllowProduction_Starts()
    {
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Production");

        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.AllowProduction = true);

        (await RawHttp.SendAsync(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).Should().StartWith($"HTTP/1.1 {(int)HttpStatusCode.Forbidden}");
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Staging")]
    [InlineData(null)]
    public async Task StartAsync_OtherEnvironment_Starts(string? value)
    {
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", value);

        await using LocalS3Server server = await LocalS3Server.StartAsync();

        server.Endpoint.Should().NotBeEmpty();
    }

    // The host of ASP.NET Core gives this variable precedence too.
    [Fact]
    public async Task StartAsync_TwoVariables_AspNetCoreTakesPrecedence()
    {
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Production");
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Development");

        await using LocalS3Server server = await LocalS3Server.StartAsync();

        server.Endpoint.Should().NotBeEmpty();
    }
}
