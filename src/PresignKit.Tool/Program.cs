using PresignKit.Tool;

return await PresignTool.RunAsync(args, ToolContext.OfProcess());
