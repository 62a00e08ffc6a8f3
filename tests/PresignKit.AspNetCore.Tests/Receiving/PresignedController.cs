using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace PresignKit.AspNetCore.Tests.Receiving;

/// <summary>A controller for <see cref="EndpointTests"/>. It is public because MVC ignores other controllers.</summary>
[ApiController]
public class PresignedController : ControllerBase
{
    [HttpGet("/files/{**key}")]
    public string Get(string key) => ReceivingApp.Json(key, HttpContext.GetVerifiedRequest()?.Key);
}
