using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;
using WebApi;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace PresignKit.DocsTests;

/// <summary>AddNewtonsoftJson affects controllers only. MVC does not discover nested classes.</summary>
[ApiController]
public sealed class ResultsController : ControllerBase
{
    [HttpGet("/url")]
    public ActionResult<PresignedUrl> GetUrl() => Ok(JsonTests.Url);

    [HttpGet("/post")]
    public ActionResult<PresignedPost> GetPost() => Ok(JsonTests.Post);
}

/// <summary>The code of docs/json.md, in applications with the packages that the page mentions.</summary>
public class JsonTests
{
    internal static readonly PresignedUrl Url = Example.Presigner().Presign(new PutObject("a b.png") { ContentType = "image/png", CacheControl = "no-store" });

    internal static readonly PresignedPost Post = Example.Presigner().PresignPost(new PostPolicy(PostKey.Prefix("users/42/"))
    {
        UseFileName = true,
        ContentLength = (1, 5 << 20),
        Fields = new Dictionary<string, string> { ["x-amz-meta-taken"] = "2026-03-14T15:09:26.0000000Z" },
        Conditions = [PostCondition.StartsWith("Content-Type", "image/"), PostCondition.ExactMatch("consent", "yes")],
    });

    public static TheoryData<string> Results => ["/url", "/post"];

    [Theory]
    [MemberData(nameof(Results))]
    public async Task NewtonsoftJson_InMvc_WritesTheSameAsSystemTextJson(string path)
    {
        await using WebApplication app = await Start(
            services => services.AddControllers().AddApplicationPart(typeof(ResultsController).Assembly).AddNewtonsoftJson(), app => app.MapControllers());

        string json = await app.GetTestClient().GetStringAsync(path);

        ShouldBeTheSame(json, Expected(path));
    }

    [Fact]
    public void NewtonsoftJson_ReadingWithoutTheConverter_Throws()
    {
        FluentActions.Invoking(() => JsonConvert.DeserializeObject<PresignedUrl>(Expected("/url"))).Should().Throw<JsonSerializationException>();
        FluentActions.Invoking(() => JsonConvert.DeserializeObject<PresignedPost>(Expected("/post"))).Should().Throw<JsonSerializationException>();
    }

    [Theory]
    [InlineData("/url", false)]
    [InlineData("/url", true)]
    [InlineData("/post", false)]
    [InlineData("/post", true)]
    public async Task NewtonsoftJson_WithTheConverter_WritesAndReadsUnderAnyNamingStrategy(string path, bool isSnakeCase)
    {
        await using WebApplication app = await Start(
            services => services.AddControllers().AddApplicationPart(typeof(ResultsController).Assembly)
                .AddNewtonsoftJson(o =>
                {
                    o.SerializerSettings.Converters.Add(new PresignedJsonConverter());
                    o.SerializerSettings.ContractResolver = isSnakeCase
                        ? new DefaultContractResolver { NamingStrategy = new SnakeCaseNamingStrategy(processDictionaryKeys: true, overrideSpecifiedNames: true) }
                        : new CamelCasePropertyNamesContractResolver();
                }),
            app => app.MapControllers());
        JsonSerializerSettings settings = new() { Converters = [new PresignedJsonConverter(), new StringEnumConverter()] };

        string json = await app.GetTestClient().GetStringAsync(path);
        object? read = JsonConvert.DeserializeObject(json, path == "/url" ? typeof(PresignedUrl) : typeof(PresignedPost), settings);

        json.Should().Be(Expected(path));
        JsonSerializer.Serialize(read).Should().Be(json);
        JsonConvert.DeserializeObject<PresignedUrl>("null", settings).Should().BeNull();
        FluentActions.Invoking(() => JsonConvert.DeserializeObject<PresignedUrl>("{}", settings)).Should().Throw<JsonSerializationException>();
    }

    [Theory]
    [InlineData("/url", "/openapi/v1.json")]
    [InlineData("/post", "/openapi/v1.json")]
    [InlineData("/ticket", "/openapi/v1.json")]
    [InlineData("/url", "/swagger/v1/swagger.json")]
    [InlineData("/post", "/swagger/v1/swagger.json")]
    [InlineData("/ticket", "/swagger/v1/swagger.json")]
    public async Task OpenApi_OfAResult_DescribesItsJson(string path, string document)
    {
        await using WebApplication app = await Start(
            services =>
            {
                services.AddEndpointsApiExplorer();
                Describe(services);
            },
            app =>
            {
                app.MapGet("/url", () => Url);
                app.MapGet("/post", () => Post);
                app.MapGet("/ticket", () => new Ticket("a", Url));
                app.MapOpenApi();
                app.UseSwagger();
            });

        JsonNode api = JsonNode.Parse(await app.GetTestClient().GetStringAsync(document))!;

        JsonNode schema = api["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
        JsonNode json = JsonNode.Parse(await app.GetTestClient().GetStringAsync(path))!;
        ShouldDescribe(Resolved(api, schema), json, api);
    }

    private static void Describe(IServiceCollection services)
    {
        services.AddOpenApi(o => o.AddSchemaTransformer((schema, context, _) =>
        {
            PresignedSchemas.Describe(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        }));

        services.AddSwaggerGen(o =>
        {
            o.MapType<PresignedUrl>(PresignedSchemas.Url);
            o.MapType<PresignedPost>(PresignedSchemas.Post);
        });
    }

    // The schema describes every property with its type and does not contain a property that is not written.
    private static void ShouldDescribe(JsonNode schema, JsonNode json, JsonNode api)
    {
        if (json is not JsonObject written)
        {
            schema["type"]!.ToString().Should().Be("string", schema.ToJsonString());
            return;
        }

        schema["type"]!.ToString().Should().Be("object", schema.ToJsonString());
        if (schema["properties"] is JsonObject properties)
        {
            written.Select(one => one.Key).Should().BeSubsetOf(properties.Select(one => one.Key));
            properties.Select(one => one.Key).Except(["startsWith", "equals"]).Should().BeSubsetOf(written.Select(one => one.Key), "a condition has only one of these two");
            (schema["required"] as JsonArray ?? []).Select(name => name!.ToString()).Should().BeSubsetOf(written.Select(one => one.Key));
        }

        foreach ((string name, JsonNode? value) in written)
        {
            ShouldDescribe(Resolved(api, schema["properties"]?[name] ?? schema["additionalProperties"]!), value!, api);
        }
    }

    private static JsonNode Resolved(JsonNode api, JsonNode schema) =>
        schema["$ref"] is { } reference ? api["components"]!["schemas"]![reference.ToString().Split('/')[^1]]! : schema;

    private static string Expected(string path) => path == "/url" ? JsonSerializer.Serialize(Url) : JsonSerializer.Serialize(Post);

    private static void ShouldBeTheSame(string actual, string expected) =>
        JsonNode.DeepEquals(JsonNode.Parse(actual), JsonNode.Parse(expected)).Should().BeTrue("{0} must be equal to {1}", actual, expected);

    private static async Task<WebApplication> Start(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        add(builder.Services);
        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    public sealed record Ticket(string Name, PresignedUrl Upload);

    internal sealed class PresignedJsonConverter : Newtonsoft.Json.JsonConverter
    {
        public override bool CanConvert(Type objectType) => objectType == typeof(PresignedUrl) || objectType == typeof(PresignedPost);

        public override void WriteJson(JsonWriter writer, object? value, Newtonsoft.Json.JsonSerializer serializer) =>
            writer.WriteRawValue(System.Text.Json.JsonSerializer.Serialize(value));

        public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, Newtonsoft.Json.JsonSerializer serializer)
        {
            DateParseHandling before = reader.DateParseHandling;
            reader.DateParseHandling = DateParseHandling.None;      // values that look like dates must not change
            try
            {
                return System.Text.Json.JsonSerializer.Deserialize(Newtonsoft.Json.Linq.JRaw.Create(reader).ToString(CultureInfo.InvariantCulture), objectType);
            }
            catch (System.Text.Json.JsonException e)
            {
                throw new JsonSerializationException(e.Message, e);
            }
            finally
            {
                reader.DateParseHandling = before;
            }
        }
    }
}
