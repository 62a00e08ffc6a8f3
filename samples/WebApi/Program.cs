using Microsoft.AspNetCore.Authentication;
using PresignKit;
using WebApi;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);

// Two stores: the application's own, by code and configuration, and an archive, by configuration alone. Wrong options stop the start, and are named.
builder.Services.AddPresigner(o => o.UseDigitalOceanSpaces("nyc3"))
    .BindConfiguration("Spaces")
    .Configure<ILogger<S3Presigner>>((o, log) => o.OnInvalidReload(e => log.InvalidReload("Spaces", e)));
builder.Services.AddPresigner("archive")
    .BindConfiguration("Archive")
    .Configure<ILogger<S3Presigner>>((o, log) => o.OnInvalidReload(e => log.InvalidReload("Archive", e)));

builder.Services.AddOptions<UploadRules>().BindConfiguration("Uploads");
builder.Services.AddAuthentication(TokenAuthentication.Scheme)
    .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, configureOptions: null);
builder.Services.AddAuthorization();
builder.Services.AddProblemDetails();
builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));

WebApplication app = builder.Build();
app.MapGroup("/files").RequireAuthorization().MapFiles();
app.Run();
