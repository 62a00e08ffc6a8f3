using Microsoft.OpenApi;
using PresignKit;

namespace WebApi;

/// <summary>The OpenAPI schemas of PresignKit's results. Generators cannot see the JSON that a converter writes.</summary>
internal static class PresignedSchemas
{
    public static OpenApiSchema Url() => Object(new()
    {
        ["url"] = Text("uri"),
        ["method"] = Text(),
        ["headers"] = MapOf(Text()),
        ["expiresAt"] = Text("date-time"),
    });

    public static OpenApiSchema Post() => Object(new()
    {
        ["url"] = Text("uri"),
        ["fields"] = MapOf(Text()),
        ["fieldsToAdd"] = MapOf(Object(new() { ["startsWith"] = Text(), ["equals"] = Text() }, "startsWith", "equals")),
        ["expiresAt"] = Text("date-time"),
    }, "fieldsToAdd");

    /// <summary>Describes the type in the schema from Microsoft.AspNetCore.OpenApi, which would otherwise be empty.</summary>
    public static void Describe(OpenApiSchema schema, Type type)
    {
        if (type == typeof(PresignedUrl) || type == typeof(PresignedPost))
        {
            OpenApiSchema described = type == typeof(PresignedUrl) ? Url() : Post();
            (schema.Type, schema.Properties, schema.Required) = (described.Type, described.Properties, described.Required);
        }
    }

    private static OpenApiSchema Object(Dictionary<string, IOpenApiSchema> properties, params string[] optional) =>
        new() { Type = JsonSchemaType.Object, Properties = properties, Required = properties.Keys.Except(optional).ToHashSet() };

    private static OpenApiSchema MapOf(OpenApiSchema value) => new() { Type = JsonSchemaType.Object, AdditionalProperties = value };

    private static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };
}
