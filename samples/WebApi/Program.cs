using Microsoft.AspNetCore.Authentication;
using WebApi;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);

// There are two stores: the application's own, which code and configuration set up, and an archive, which only configuration sets up. The host does not start if options are invalid.
builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"), o => o.UseDigitalOceanSpaces("nyc3"));
builder.Services.AddPresigner("archive", builder.Configuration.GetSection("Archive"));

// Before .NET 9, also call RemoveAllLoggers(), because the client's log messages contain the whole URL.
builder.Services.AddHttpClient<FileStore>();
builder.Services.AddOptions<UploadRules>().BindConfiguration("Uploads");
builder.Services.AddAuthentication(TokenAuthentication.Scheme)
    .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, configureOptions: null);
builder.Services.AddAuthorization();
builder.Services.AddProblemDetails();
builder.Services.AddOpenApi(o => o.AddSchemaTransformer((schema, context, _) =>
{
    PresignedSchemas.Describe(schema, context.JsonTypeInfo.Type);
    return Task.CompletedTask;
}));
builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));

WebApplication app = builder.Build();
app.UseExceptionHandler();
if (app.Environment.IsDevelopment())
{
    app.MapOpenApi();
    app.MapGet("/", IndexPage.Show).ExcludeFromDescription();
}

app.MapGroup("/files").RequireAuthorization().MapFiles();
app.Run();
