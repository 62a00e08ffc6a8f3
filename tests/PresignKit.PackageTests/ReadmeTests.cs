using System.Diagnostics;
using System.Text.Json;

namespace PresignKit.PackageTests;

/// <summary>The first steps of README.md in a new ASP.NET Core application, with the package of this run.</summary>
[Collection(OnePackage.Name)]
public class ReadmeTests(PackageOfThisRun package)
{
    [GitFact]
    public async Task Readme_InANewWebApplication_Works()
    {
        const string Program = """
            using PresignKit;

            WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
            builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"), o => { o.UseDigitalOceanSpaces("nyc3"); o.Bucket = "my-space"; });
            WebApplication app = builder.Build();

            app.MapGet("/report", (IPresigner presigner) =>
                presigner.Presign(new GetObject("reports/2026.pdf") { ExpiresIn = TimeSpan.FromHours(1) }));

            app.MapPost("/photo", (long length, IPresigner presigner) => length is > 0 and <= 5 << 20
                ? Results.Ok(presigner.Presign(new PutObject($"photos/{Guid.NewGuid()}.jpg") { ContentType = "image/jpeg", ContentLength = length }))
                : Results.BadRequest());

            app.Run();
            """;
        string folder = await package.CreateAppFolderAsync("web");
        (string, string?)[] home = [("HOME", folder), ("DOTNET_CLI_HOME", folder), ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"), ("DOTNET_NOLOGO", "true")];
        await DotNet("new web --framework net10.0 --name Web --output .");
        await DotNet("add package PresignKit --version " + package.Version);
        await DotNet("user-secrets init", home);
        await DotNet("user-secrets set Spaces:AccessKeyId DO00EXAMPLEKEY", home);
        await DotNet("user-secrets set Spaces:SecretAccessKey example/Secret+Key", home);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program);
        string built = await DotNet("build --disable-build-servers -p:NuGetAudit=false");

        ProcessStartInfo start = new(Command.DotNet, "bin/Debug/net10.0/Web.dll --urls http://127.0.0.1:0 --environment Development") { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["HOME"] = folder;
        using Process web = Process.Start(start)!;
        try
        {
            using HttpClient http = new() { BaseAddress = await AddressOf(web) };
            PresignedUrl report = JsonSerializer.Deserialize<PresignedUrl>(await http.GetStringAsync("/report"))!;
            using HttpResponseMessage posted = await http.PostAsync("/photo?length=1000", null);
            PresignedUrl photo = JsonSerializer.Deserialize<PresignedUrl>(await posted.Content.ReadAsStringAsync())!;

            built.Should().MatchRegex(@"(?m)^\s+0 Warning\(s\)");
            report.Url.Should().StartWith("https://my-space.nyc3.digitaloceanspaces.com/reports/2026.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=DO00EXAMPLEKEY%2F");
            (photo.Method, photo.RequiredHeaders["content-type"], photo.RequiredHeaders["content-length"]).Should().Be((HttpMethod.Put, "image/jpeg", "1000"));
        }
        finally
        {
            web.Kill();
            await web.WaitForExitAsync();
        }

        Task<string> DotNet(string arguments, params (string, string?)[] environment) => Command.RunAsync(folder, Command.DotNet, arguments.Split(' '), environment);
    }

    private static async Task<Uri> AddressOf(Process web)
    {
        const string Listening = "Now listening on: ";
        List<string> lines = [];
        while (await web.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)) is { } line)
        {
            lines.Add(line);
            if (line.Contains(Listening, StringComparison.Ordinal))
            {
                return new Uri(line.Split(Listening)[1]);
            }
        }

        throw new InvalidOperationException("The application exited: " + string.Join('\n', lines));
    }
}
