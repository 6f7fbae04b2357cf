"""自治体概要 and the registers that it and every year choose from: 団体・部署, 地域の区分, 地域資源."""
