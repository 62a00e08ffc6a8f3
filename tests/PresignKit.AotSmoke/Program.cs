using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PresignKit;
using PresignKit.AotSmoke;

// PresignKit binds the options of one presigner, and code from the configuration binding source generator binds the options of the other. .ci/run checks each line of the output.
IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
{
    ["Spaces:Region"] = "ams3",
    ["Spaces:Bucket"] = "my-space",
    ["Spaces:AccessKeyId"] = "SPACESKEY",
    ["Spaces:SecretAccessKey"] = "spaces-secret",
    ["Spaces:UrlStyle"] = "Path",
    ["Spaces:DefaultExpiresIn"] = "00:10:00",
    ["Archive:Endpoint"] = "https://s3.eu-central-1.amazonaws.com",
    ["Archive:Bucket"] = "my-archive",
    ["Archive:AccessKeyId"] = "ARCHIVEKEY",
    ["Archive:SecretAccessKey"] = "archive-secret",
    ["Archive:UrlStyle"] = "path",
    ["Archive:SigningWindow"] = "00:15:00",
}).Build();
ServiceCollection services = new();
services.AddSingleton<IConfiguration>(configuration);
services.AddLogging(logging => logging.AddProvider(new ConsoleErrors()));
services.AddPresigner(configuration.GetSection("Spaces"), o => o.UseDigitalOceanSpaces("nyc3"));
services.AddPresigner("archive").BindConfiguration("Archive");
using ServiceProvider provider = services.BuildServiceProvider();

provider.GetRequiredService<IStartupValidator>().Validate();
Console.WriteLine(JsonSerializer.Serialize(provider.GetRequiredService<IPresigner>().Presign(new GetObject("key")), ResultsJson.Default.PresignedUrl));
Console.WriteLine(JsonSerializer.Serialize(provider.GetRequiredService<IPresigner>().PresignPost(new PostPolicy(PostKey.Exact("key"))), ResultsJson.Default.PresignedPost));
Print("archive");

configuration["Archive:Bucket"] = "reloaded";
configuration.Reload();
Print("archive");

configuration["Spaces:Bucket"] = "a/b";
configuration["Spaces:DefaultExpiresIn"] = "5";
try
{
    configuration.Reload();
}
catch (Exception e) when (e is OptionsValidationException or AggregateException)
{
    Console.WriteLine($"kept: {provider.GetRequiredService<IPresigner>().Presign(new GetObject("key")).Url.Split('?')[0]}");
}

await WebEndpoints.RunAsync();

void Print(string name) => Console.WriteLine(
    JsonSerializer.Serialize(provider.GetRequiredKeyedService<IPresigner>(name).Presign(new PutObject("key") { ContentType = "text/plain" }), ResultsJson.Default.PresignedUrl));
