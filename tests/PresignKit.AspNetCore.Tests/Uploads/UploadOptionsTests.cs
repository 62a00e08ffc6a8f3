using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PresignKit.AspNetCore.Tests.Uploads;

public sealed class UploadOptionsTests
{
    public static TheoryData<string, Action<UploadOptions>> Invalid => new()
    {
        { "Folder is not set*", o => o.Folder = null },
        { "UserId is null*", o => o.UserId = null! },
        { "ContentTypes is empty*", o => o.ContentTypes = [] },
        { "ContentTypes is null*", o => (o.ContentTypes, o.AnyContentType) = (null!, true) },
        { "ContentTypes contains 'image/*'*without wildcards*", o => o.ContentTypes = ["image/*"] },
        { "ContentTypes contains '*/*'*", o => o.ContentTypes = ["*/*"] },
        { "ContentTypes contains 'text/plain; charset=utf-8'*", o => o.ContentTypes = ["text/plain; charset=utf-8"] },
        { "ContentTypes contains 'png'*", o => o.ContentTypes = ["png"] },
        { "InlineContentTypes contains 'image/*'*", o => o.InlineContentTypes = ["image/*"] },
        { "MaxBytes is not set*", o => o.MaxBytes = 0 },
        { "MaxBytes is -1*from 1 to*", o => o.MaxBytes = -1 },
        { "MaxBytes is 53687091200001*", o => o.MaxBytes = (5L << 30) * 10_000 + 1 },
        { "MultipartThreshold is -1*", o => o.MultipartThreshold = -1 },
        { "MultipartThreshold is 5368709121*", o => o.MultipartThreshold = (5L << 30) + 1 },
        { "PartBytes is 5242879*", o => o.PartBytes = (5 << 20) - 1 },
        { "PartBytes is 5368709121*", o => o.PartBytes = (5L << 30) + 1 },
        { "UrlLifetime is 00:00:00*", o => o.UrlLifetime = TimeSpan.Zero },
        { "UrlLifetime is 7.00:00:01*", o => o.UrlLifetime = TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1) },
        { "TicketLifetime is 00:00:59*", o => o.TicketLifetime = TimeSpan.FromSeconds(59) },
        { "TicketLifetime is 30.00:00:01*", o => o.TicketLifetime = TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1) },
        { "AllowedOrigins is null*", o => o.AllowedOrigins = null! },
        { "AllowedOrigins contains 'app.example.com'*", o => o.AllowedOrigins = ["app.example.com"] },
        { "AllowedOrigins contains 'https://app.example.com/'*", o => o.AllowedOrigins = ["https://app.example.com/"] },
        { "AllowedOrigins contains '*'*", o => o.AllowedOrigins = ["*"] },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task MapUploads_InvalidOption_ThrowsWithTheRemedy(string problem, Action<UploadOptions> change)
    {
        await using WebApplication app = Build(_ => { });

        Action map = () => app.MapUploads("/uploads", o =>
        {
            UploadApp.SetRequired(o);
            change(o);
        });

        map.Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle().Which.Should().Match(problem);
    }

    [Fact]
    public async Task MapUploads_NoOption_NamesAllThatAreRequired()
    {
        await using WebApplication app = Build(_ => { });

        Action map = () => app.MapUploads("/uploads", _ => { });

        map.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("authentication", "*AddAuthentication()*AddCookie()*AllowAnonymous*")]
    [InlineData("schemes", "*AddAuthentication()*AddCookie()*AllowAnonymous*")]
    [InlineData("authorization", "*AddAuthorization()*")]
    [InlineData("presigner", "*AddPresigner(*")]
    public async Task MapUploads_MissingService_FailsAtStart(string missing, string message)
    {
        await using WebApplication app = Build(_ => { }, missing);

        Action map = () => app.MapUploads("/uploads", UploadApp.SetRequired);

        map.Should().Throw<InvalidOperationException>().WithMessage(message);
    }

    [Fact]
    public async Task MapUploads_AnonymousWithoutDataProtection_FailsAtStart()
    {
        await using WebApplication app = Build(_ => { }, "authentication");

        Action map = () => app.MapUploads("/uploads", o =>
        {
            UploadApp.SetRequired(o);
            o.AllowAnonymous = true;
        });

        map.Should().Throw<InvalidOperationException>().WithMessage("*AddDataProtection()*");
    }

    [Fact]
    public async Task MapUploads_PresignerWithoutBucket_FailsAtStart()
    {
        await using WebApplication app = Build(services => services.Configure<PresignerOptions>(o => o.Bucket = null));

        Action map = () => app.MapUploads("/uploads", UploadApp.SetRequired);

        map.Should().Throw<ArgumentException>().WithMessage("*does not specify a bucket*");
    }

    [Fact]
    public async Task MapUploads_JsonOptions_CanDescribeTheTypesWithoutReflection()
    {
        await using WebApplication app = Build(_ => { });

        app.MapUploads("/uploads", UploadApp.SetRequired);
        app.MapUploads("/avatars", UploadApp.SetRequired);

        app.Services.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions.TypeInfoResolverChain.Should().ContainSingle(resolver => resolver is UploadJson);
    }

    [Fact]
    public async Task MapUploads_UnknownPresignerName_FailsAtStart()
    {
        await using WebApplication app = Build(_ => { });

        Action map = () => app.MapUploads("/uploads", o =>
        {
            UploadApp.SetRequired(o);
            o.PresignerName = "archive";
        });

        map.Should().Throw<InvalidOperationException>().WithMessage("*named 'archive'*AddPresigner(\"archive\", *");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MapUploads_ProviderRunsCeph_RequiresLockedUrls(bool locked)
    {
        await using WebApplication app = Build(services => services.AddPresigner("spaces", o =>
        {
            o.UseDigitalOceanSpaces("nyc3");
            (o.Bucket, o.AccessKeyId, o.SecretAccessKey, o.LockUnsignedHeaders) = ("my-space", "DO00EXAMPLE", "example-secret-access-key", locked);
        }));

        PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "DO00EXAMPLE", SecretAccessKey = "example-secret-access-key", LockUnsignedHeaders = locked };
        options.UseDigitalOceanSpaces("nyc3");
        await using WebApplication own = Build(services => services.AddSingleton<IPresigner>(new S3Presigner(options)), "presigner");

        Action map = () => app.MapUploads("/uploads", o =>
        {
            UploadApp.SetRequired(o);
            o.PresignerName = "spaces";
        });

        Action mapOwn = () => own.MapUploads("/uploads", UploadApp.SetRequired);
        if (locked)
        {
            mapOwn.Should().NotThrow();
            map.Should().NotThrow();
        }
        else
        {
            map.Should().Throw<InvalidOperationException>().WithMessage("DigitalOcean Spaces runs Ceph*Set LockUnsignedHeaders to true*");
            mapOwn.Should().Throw<InvalidOperationException>().WithMessage("DigitalOcean Spaces runs Ceph*");
        }
    }

    private static WebApplication Build(Action<IServiceCollection> configure, string missing = "")
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        if (missing != "presigner")
        {
            builder.Services.AddPresigner(o =>
            {
                o.UseAws("eu-central-1");
                (o.Bucket, o.AccessKeyId, o.SecretAccessKey) = ("my-bucket", "AKIDEXAMPLE", "example-secret-access-key");
            });
        }

        if (missing == "schemes")
        {
            builder.Services.AddAuthentication();
        }
        else if (missing != "authentication")
        {
            builder.Services.AddAuthentication(UserHeaderAuthentication.Name).AddScheme<AuthenticationSchemeOptions, UserHeaderAuthentication>(UserHeaderAuthentication.Name, configureOptions: null);
        }

        if (missing != "authorization")
        {
            builder.Services.AddAuthorization();
        }

        configure(builder.Services);
        return builder.Build();
    }
}
